// `/docs`: renders /openapi.json with Swagger UI from our own assets. No other host is asked for anything.
import { Hono } from "hono";
import { html } from "hono/html";
import { pageCopy } from "./copy/page.ts";
import { pickLanguage } from "./language.ts";
import { securityHeaders } from "./security-headers.ts";

export function docsPage(): Hono {
  const app = new Hono();
  app.use("/docs", securityHeaders);
  app.get("/docs", (context) => {
    const language = pickLanguage(context.req.query("lang"), context.req.header("Accept-Language"));
    const copy = pageCopy(language);
    return context.html(
      html`<!doctype html>${(
          <html lang="en">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <title>{copy.docsTitle}</title>
              <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
              <link rel="stylesheet" href="/assets/swagger-ui.css" />
              <link rel="stylesheet" href="/assets/docs.css" />
              <script defer src="/assets/swagger-ui-bundle.js"></script>
              <script type="module" src="/assets/docs.js"></script>
            </head>
            <body>
              <noscript>
                <p lang={language}>
                  {copy.docsNeedsScript} <a href="/openapi.json">/openapi.json</a>.
                </p>
              </noscript>
              <div id="docs"></div>
            </body>
          </html>
        )}`,
    );
  });
  return app;
}
