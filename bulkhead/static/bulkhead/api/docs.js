"use strict";

const page = document.getElementById("api-docs");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function followColorScheme() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

/** Sends the CSRF token with requests to this site, and to no other. */
function withToken(request) {
  const target = new URL(request.url, window.location.href);
  if (target.origin === window.location.origin) {
    request.headers[page.dataset.csrfHeader] = page.dataset.csrfToken;
  }
  return request;
}

followColorScheme();
dark.addEventListener("change", followColorScheme);

window.SwaggerUIBundle({
  url: page.dataset.document,
  domNode: page,
  deepLinking: true,
  layout: "BaseLayout",
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor: withToken,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
});
