"""An independent client (PyPI `georeport`) against a running server: what it reads must be what was filed.

Usage: client.py ADDRESS KEY. The server runs in the dev profile, with the built-in content, on an empty folder.
"""

import sys

import requests
from georeport import GeoReport

address, key = sys.argv[1:]
endpoint = f"{address}/open311/v2"
json_client = GeoReport(endpoint, jurisdiction="krakow.pl", output_format="json")
xml_client = GeoReport(endpoint, jurisdiction="krakow.pl", output_format="xml")


def plain(value):
    """What a value of JSON looks like in XML."""
    match value:
        case None | []:
            return None
        case bool():
            return str(value).lower()
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case _:
            return str(value)


def same(name, of_json, of_xml):
    assert plain(of_json) == of_xml, f"{name}: {plain(of_json)} is not {of_xml}"
    print(f"ok: {name}")


def graphql(query, variables):
    answer = requests.post(
        f"{address}/graphql",
        json={"query": query, "variables": variables},
        headers={"Authorization": "Bearer dev:consultant"},
    )
    data = answer.json()
    assert "errors" not in data, data
    return data["data"]


def file(description):
    form = {
        "api_key": key,
        "jurisdiction_id": "krakow.pl",
        "service_code": "lighting",
        "lat": "50.0619",
        "long": "19.9369",
        "address_string": "Rynek Główny 1",
        "description": description,
    }
    answer = requests.post(f"{endpoint}/requests.json", data=form)
    answer.raise_for_status()
    number = answer.json()[0]["service_request_id"]
    found = graphql("query($n: String!) { report(number: $n) { id version } }", {"n": number})
    step = {"id": found["report"]["id"], "expectedVersion": found["report"]["version"]}
    mutation = "mutation($i: VerifyReportInput!) { verifyReport(input: $i) { errors { message } } }"
    assert graphql(mutation, {"i": step})["verifyReport"]["errors"] == []
    return number


services = json_client.get_service_list()
assert len(services) > 10, services
same("services", services, xml_client.get_service_list())

definition = json_client.get_service_definition("lighting")
assert definition["service_code"] == "lighting", definition
of_xml = xml_client.get_service_definition("lighting")
same("definition", definition["service_code"], of_xml["service_code"])

texts = ["Nie świeci latarnia.", "Druga: <b>\"ą\" & 'ż'</b>"]
numbers = [file(text) for text in texts]
listed = json_client.get_service_requests(service_code="lighting", status="open")
assert [one["description"] for one in listed] == texts[::-1], listed
assert [one["service_request_id"] for one in listed] == numbers[::-1], listed
same("requests", listed, xml_client.get_service_requests(service_code="lighting", status="open"))
same("by numbers", listed, xml_client.get_service_requests(service_request_id=",".join(numbers)))
assert json_client.get_service_requests(status="closed") == []

one = json_client.get_service_request(numbers[0])
assert (one["lat"], one["long"], one["status"]) == (50.0619, 19.9369, "open"), one
same("one request", one, xml_client.get_service_request(numbers[0]))

for path, status in [("requests/KCK-1999-000001.json", 404), ("requests.xml?status=new", 400)]:
    answer = requests.get(f"{endpoint}/{path}")
    assert answer.status_code == status, (path, answer.text)
refused = requests.post(f"{endpoint}/requests.json", data={"api_key": "wrong"})
assert refused.status_code == 403, refused.text
assert refused.json()[0]["code"] == 403
print("ok: errors")
