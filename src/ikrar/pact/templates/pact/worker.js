{% load static %}// Keeps the signing page without anything personal, and the files it needs. Nothing of a person is ever put into a cache.
const KEPT = ["{% url 'pact:offline' %}"{% for name in kept %}, "{% static name %}"{% endfor %}];
const NAME = "ikrar-pakta-{{ version }}";
const PATIENCE = 6000;

// Past the browser's own cache, which may still hold the parts of the version before.
const fresh = KEPT.map((path) => new Request(path, { cache: "reload" }));

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name.startsWith("ikrar-pakta-") && name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && path === "{% url 'pact:show' %}".split("?")[0]) {
    const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
    event.respondWith(Promise.race([fetch(request), late]).catch(() => caches.match(KEPT[0])));
  } else if (KEPT.slice(1).some((kept) => new URL(kept, location.href).pathname === path)) {
    event.respondWith(caches.match(request, { ignoreSearch: true }).then((found) => found || fetch(request)));
  }
});
