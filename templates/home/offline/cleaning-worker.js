// Copies are switched off: takes away all those that are on this device, then itself.
self.addEventListener('install', () => self.skipWaiting());

const clean = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith('portal-')) await caches.delete(name);
  }
  await self.registration.unregister();
};

self.addEventListener('activate', (event) => event.waitUntil(clean()));
