//! Every error of the contract, in both formats.

use serde_json::json;

use super::{ERRORS, KEY, form, pair, post, send, service};
use crate::harness::{Client, Service, empty_service};

fn english(service: &Service) -> Client<'_> {
    service.anyone().header("accept-language", "en")
}

/// Codes and descriptions of an answer that both formats give.
async fn refused(client: &Client<'_>, method: &str, path: &str) -> (u16, Vec<(u64, String)>) {
    let mut answers = Vec::new();
    for format in [".xml", ".json"] {
        let path = format!("/open311/v2/{}", path.replace(".*", format));
        answers.push(client.send(method, &path, "").await);
    }
    assert_eq!(answers[0].status, answers[1].status);
    let errors = pair(&answers[0], &answers[1], ERRORS).json;
    let told = errors.as_array().unwrap().iter().map(|error| {
        (error["code"].as_u64().unwrap(), error["description"].as_str().unwrap().to_owned())
    });
    (answers[0].status.as_u16(), told.collect())
}

#[tokio::test]
async fn what_does_not_exist_is_404_and_what_makes_no_sense_is_400() {
    let service = service().await;
    let jurisdiction =
        "There is no such jurisdiction_id here. This is “krakow.pl”; it may be left out.";
    let no_service = "There is no such service_code. services.xml lists them.";
    let no_token = "There is no such token. Requests get their service_request_id at once, so no tokens are given out.";
    let no_instant = "start_date: Give date, time and zone, such as 2026-11-20T10:00:00+01:00 or 2026-11-20T09:00:00Z.";
    let span =
        "start_date: The end must not stand before the beginning, nor more than 90 days behind it.";
    for (path, status, description) in [
        ("services.*?jurisdiction_id=warszawa.pl", 404, jurisdiction),
        ("services/lighting.*?jurisdiction_id=warszawa.pl", 404, jurisdiction),
        ("requests.*?jurisdiction_id=warszawa.pl", 404, jurisdiction),
        ("requests/KCK-2026-000001.*?jurisdiction_id=x", 404, jurisdiction),
        ("tokens/abc.*?jurisdiction_id=x", 404, jurisdiction),
        ("services/nothing.*", 404, no_service),
        ("tokens/abc.*", 404, no_token),
        ("requests/KCK-2026-999999.*", 404, "There is no such thing, or you may not see it."),
        ("requests.*?status=new", 400, "status: A status is open or closed."),
        ("requests.*?start_date=yesterday", 400, no_instant),
        ("requests.*?start_date=2026-11-20T10:00:00", 400, no_instant),
        ("requests.*?start_date=2026-08-01T00:00:00Z&end_date=2026-11-01T00:00:00Z", 400, span),
        ("requests.*?start_date=2026-11-02T00:00:00Z&end_date=2026-11-01T00:00:00Z", 400, span),
        ("requests.*?page=0", 400, "page: Give a whole number from 1 to 1000."),
        ("requests.*?page_size=1001", 400, "page_size: Give a whole number from 1 to 1000."),
        ("requests.*?extensions=yes", 400, "extensions: Give true or false."),
        ("requests.*?status=open&status=closed", 400, "The parameter “status” comes twice."),
        ("requests.*?status=%FF", 400, "The parameters are not valid UTF-8."),
        ("requests.*?service_code=%00", 400, "A text cannot hold the character U+0000."),
    ] {
        let expected = (status, vec![(u64::from(status), description.to_owned())]);
        assert_eq!(refused(&english(&service), "GET", path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn an_address_that_there_is_not_and_a_method_that_it_does_not_know_are_told() {
    let service = empty_service().await;
    let path = "There is no such address here. Addresses end in .xml or .json; discovery.xml tells where the service is.";
    assert_eq!(
        refused(&english(&service), "GET", "nothing.*").await,
        (404, vec![(404, path.into())])
    );
    for address in ["services", "services.yaml", "services/lighting", "requests/KCK.XML"] {
        let answer = english(&service).send("GET", &format!("/open311/v2/{address}"), "").await;
        assert_eq!(answer.status, 404, "{address}");
        assert!(answer.text.contains("<code>404</code>"), "{}", answer.text);
    }
    let method = "This address does not know this method: what is read is asked for with GET, requests are filed with POST.";
    for (verb, address) in
        [("DELETE", "requests.*"), ("POST", "services.*"), ("PUT", "requests/1.*")]
    {
        let told = refused(&english(&service), verb, address).await;
        assert_eq!(told, (405, vec![(405, method.into())]), "{verb} {address}");
    }
}

#[tokio::test]
async fn nobody_files_without_a_key_that_is_known() {
    let service = service().await;
    for (key, description) in [
        ("", "Filing needs an api_key."),
        ("a-key-of-twenty-and-less", "This api_key is not known."),
        ("a-key-of-twenty-and-mor", "This api_key is not known."),
        (" a-key-of-twenty-and-more", "This api_key is not known."),
    ] {
        let given = form(&[("api_key", key)]);
        let xml = post(&service, "requests.xml", &given).await;
        let json = post(&service, "requests.json", &given).await;
        assert_eq!((xml.status.as_u16(), json.status.as_u16()), (403, 403));
        let errors = pair(&xml, &json, ERRORS).json;
        assert_eq!(errors, json!([{ "code": 403, "description": description }]), "{key}");
    }
    let closed = crate::harness::service().await;
    let answer = post(&closed, "requests.json", &form(&[])).await;
    let description = "Nobody may file over Open311 here: no keys were given out.";
    assert_eq!(answer.status, 403);
    assert_eq!(answer.json(), json!([{ "code": 403, "description": description }]));
}

#[tokio::test]
async fn a_form_that_cannot_be_filed_is_refused_with_everything_that_is_wrong() {
    let service = service().await;
    let (long, line) = ("x".repeat(4_001), "x".repeat(201));
    for (own, status, errors) in [
        (&[("service_code", "")][..], 400, &[(400, "service_code: A value is needed here.")][..]),
        (
            &[("service_code", "nothing")],
            404,
            &[(404, "service_code: There is no such service_code. services.xml lists them.")],
        ),
        (
            &[("description", &long)],
            400,
            &[(400, "description: At most 4000 characters are allowed here.")],
        ),
        (
            &[("lat", ""), ("long", "")],
            400,
            &[(400, "lat, long, address_string: Say where: a point on the map, or an address.")],
        ),
        (
            &[("long", "")],
            400,
            &[(400, "lat, long, address_string: Give latitude and longitude together.")],
        ),
        (
            &[("lat", "north"), ("long", "NaN")],
            400,
            &[
                (400, "lat: Give a number, such as 2 or 1.5."),
                (400, "long: Give a number, such as 2 or 1.5."),
            ],
        ),
        (
            &[("address_id", "7")],
            400,
            &[(
                400,
                "address_id: Ids of addresses are not known here. Give lat and long, or address_string.",
            )],
        ),
        (
            &[("media_url", "http://example.org/a.jpg")],
            400,
            &[(
                400,
                "media_url: Give an address that begins with https:// and has at most 2000 characters.",
            )],
        ),
        (
            &[("attribute[pole]", "7")],
            400,
            &[(400, "attribute: This category has no question “pole”.")],
        ),
        (
            &[("email", "nobody"), ("phone", "112"), ("address_string", &line)],
            400,
            &[
                (400, "address_string: At most 200 characters are allowed here."),
                (400, "email: This does not look like an e-mail address."),
                (400, "phone: This does not look like a telephone number: give 7 to 15 digits."),
            ],
        ),
        (
            &[("service_code", "nothing"), ("description", &long)],
            404,
            &[
                (404, "service_code: There is no such service_code. services.xml lists them."),
                (400, "description: At most 4000 characters are allowed here."),
            ],
        ),
    ] {
        let xml = post(&service, "requests.xml", &form(own)).await;
        let json = post(&service, "requests.json", &form(own)).await;
        assert_eq!((xml.status.as_u16(), json.status.as_u16()), (status, status), "{}", json.text);
        let told = pair(&xml, &json, ERRORS).json;
        let expected: Vec<_> = errors
            .iter()
            .map(|(code, description)| json!({ "code": code, "description": description }))
            .collect();
        assert_eq!(told, json!(expected));
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_or_is_too_large_is_refused() {
    let service = service().await;
    let right = "application/x-www-form-urlencoded";
    let no_form = "Send the parameters as “application/x-www-form-urlencoded” in UTF-8.";
    let not_utf_8 = "The parameters are not valid UTF-8.";
    let sound = format!("api_key={KEY}&service_code=lighting&lat=50.0619&long=19.9369");
    let large = format!("{sound}&description={}", "x".repeat(64 * 1024));
    for (kind, body, description) in [
        ("application/json", "{}".as_bytes(), no_form),
        ("multipart/form-data; boundary=x", sound.as_bytes(), no_form),
        ("application/x-www-form-urlencoded; charset=iso-8859-2", sound.as_bytes(), no_form),
        (right, b"api_key=\xFF", not_utf_8),
        (right, b"api_key=%FF", not_utf_8),
        (right, format!("{sound}&lat=1").as_bytes(), "The parameter “lat” comes twice."),
        (right, large.as_bytes(), "The request body is larger than 65536 bytes."),
    ] {
        let answer = send(&service.anyone(), "requests.json", kind, body.to_vec()).await;
        assert_eq!(answer.status, 400, "{description}");
        assert_eq!(answer.json(), json!([{ "code": 400, "description": description }]));
    }
    let charset = "application/x-www-form-urlencoded; charset=UTF-8";
    assert_eq!(send(&service.anyone(), "requests.json", charset, sound).await.status, 200);
}
