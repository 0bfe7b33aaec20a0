// Starts Swagger UI on /docs. The validator badge of Swagger's own site stays off, so no other host is asked.
interface SwaggerOptions {
  url: string;
  dom_id: string;
  deepLinking: boolean;
  validatorUrl: null;
  defaultModelsExpandDepth: number;
  docExpansion: "list";
  tryItOutEnabled: boolean;
  /** The default theme is too pale on its own background. */
  syntaxHighlight: { theme: string };
}

// The classic script before this one puts it on the window.
const bundle = globalThis as unknown as { SwaggerUIBundle: (options: SwaggerOptions) => unknown };

export const ui = bundle.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  tryItOutEnabled: false,
  syntaxHighlight: { theme: "monokai" },
});

// Swagger UI has a dark look but waits to be told.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = (): void => void document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
