// GraphQL Code Generator (@graphql-codegen/cli with the client preset): `graphql-codegen --config examples/codegen.ts`
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "examples/operations/*.graphql",
  generates: {
    "generated/": {
      preset: "client",
      config: {
        strictScalars: true,
        // A day, an instant, and an exact amount: all of them texts. An outline is an object.
        scalars: {
          Date: "string",
          DateTime: "string",
          Decimal: "string",
          GeoJSON: "{ type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] }",
        },
      },
    },
  },
};

export default config;
