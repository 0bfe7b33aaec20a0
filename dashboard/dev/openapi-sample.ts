// A small OpenAPI 3.1 document, so that /docs can be looked at without a Worker.
export const openapiSample = {
  openapi: "3.1.0",
  info: { title: "Quen", version: "1", description: "Sample for the development server." },
  tags: [{ name: "Marketing", description: "Scope `marketing:read`." }],
  components: {
    securitySchemes: { apiKey: { type: "http", scheme: "bearer" } },
    schemas: {
      Occupancy: {
        type: "object",
        required: ["occupancy", "recognised", "at"],
        properties: {
          occupancy: { type: "integer", examples: [23] },
          recognised: { type: "integer", examples: [7] },
          at: { type: "string", format: "date-time" },
        },
      },
    },
  },
  paths: {
    "/v1/branches/{id}/now": {
      get: {
        tags: ["Marketing"],
        summary: "Who is present now",
        security: [{ apiKey: [] }],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          200: {
            description: "Present now",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Occupancy" } } },
          },
        },
      },
    },
  },
};
