// Keeps every file of one build, so that the pages open without a network after they were opened once.
const name = "mesascope-__VERSION__";
const files = __FILES__;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((other) => other.startsWith("mesascope-") && other !== name)
            .map((other) => caches.delete(other)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  // What a server says of its data folder is never answered from a cache.
  if (address.pathname.startsWith(new URL("api/", registration.scope).pathname)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});

/** The page from the network while there is one, so that a new build is seen at once. */
async function page(request) {
  const cache = await caches.open(name);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) return fresh;
  } catch {
    // Offline: the page that was kept.
  }
  return (await cache.match("./", { ignoreVary: true })) ?? Response.error();
}

/** A file of this build from the cache; one that is not there is fetched and kept. */
async function file(request) {
  const cache = await caches.open(name);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && fresh.status === 200) await cache.put(request, fresh.clone());
  return fresh;
}
