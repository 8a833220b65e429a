{% autoescape off %}// Keeps the crisis page, the pages of needs and the last selection on the device. The network comes
// first, always: a copy is only shown when nothing good answers, and says its day.
const known = {{ known }};
{% endautoescape %}
const PAGES = 'portal-pages-1';
const FILES = 'portal-files-1';
const SELECTION = 'portal-selection-1';
const OURS = [PAGES, FILES, SELECTION];

const anonymous = (path) => new Request(path, { credentials: 'omit' });
const kind = (response) =>
  response.ok && !response.redirected ? response.headers.get(known.header) : null;
const age = (copy) => Date.now() - new Date(copy.headers.get('date'));
const DAY = 86_400_000;

// Copies are kept under the path alone: nothing that was typed stays on the device.
const keep = async (path, response) => (await caches.open(PAGES)).put(path, response);

const fetchAndKeep = async (path) => {
  const response = await fetch(anonymous(path));
  if (kind(response) !== 'page') throw new Error(path);
  await keep(path, response);
};

const keepFiles = async () => {
  const cache = await caches.open(FILES);
  await cache.addAll(known.files.map(anonymous));
  for (const { url } of await cache.keys()) {
    if (!known.files.includes(new URL(url).pathname)) await cache.delete(url);
  }
};

self.addEventListener('install', (event) => {
  // Without the crisis page it is not installed, and the one before it stays.
  event.waitUntil(Promise.all([keepFiles(), fetchAndKeep(known.crisis)]).then(() => self.skipWaiting()));
});

const begin = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith('portal-') && !OURS.includes(name)) await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
};

self.addEventListener('activate', (event) => event.waitUntil(begin()));

// The pages of needs come once the page that is read has all it needs, and again when their copies
// are a day old; not for who saves data.
self.addEventListener('message', (event) => {
  if (event.data !== 'keep' || navigator.connection?.saveData) return;
  event.waitUntil(
    (async () => {
      const cache = await caches.open(PAGES);
      for (const path of [known.crisis, ...known.needs]) {
        const copy = await cache.match(path);
        if (!copy || age(copy) > DAY) await fetchAndKeep(path).catch(() => {});
      }
    })(),
  );
});

const shown = async (copy, words) => {
  const html = await copy.text();
  const headers = new Headers(copy.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  const language = /<html lang="([\w-]+)"/.exec(html)?.[1] || 'fr';
  const said = known.words[language] || Object.values(known.words)[0];
  const day = new Intl.DateTimeFormat(language.replace('-simple', ''), { dateStyle: 'long', timeStyle: 'short' });
  let moment = day.format(new Date(copy.headers.get('date')));
  if (language.startsWith('fr')) moment = moment.replace(/^1 /, '1er ');
  let text = said[words].replace('{day}', moment);
  const [last] = await (await caches.open(SELECTION)).keys();
  if (last && words === 'crisis') text += ` <a href="${last.url.replace(/[<>"]/g, '')}">${said.selection}</a>`;
  const note = `<div class="wrapper"><div class="note warning"><div><p role="status">${text}</p></div></div></div>`;
  return new Response(html.replace(/<main[^>]*>/, (main) => main + note), { headers });
};

const copyOf = async (url) => {
  const selected = await (await caches.open(SELECTION)).match(url.href);
  if (selected) return shown(selected, 'copy');
  const pages = await caches.open(PAGES);
  const copy = await pages.match(url.pathname);
  if (copy) return shown(copy, 'copy');
  const crisis = await pages.match(known.crisis);
  return crisis && shown(crisis, 'crisis');
};

const remember = async (url, response) => {
  const said = kind(response);
  if (said === 'selection') {
    await caches.delete(SELECTION);
    await (await caches.open(SELECTION)).put(url.href, response);
  } else if (said === 'page' && !url.search) await keep(url.pathname, response);
};

const answer = async (event, url) => {
  let response;
  try {
    response = (await event.preloadResponse) || (await fetch(event.request));
  } catch (error) {
    const copy = await copyOf(url);
    if (copy) return copy;
    throw error;
  }
  if (response.status >= 500) return (await copyOf(url)) || response;
  // What was taken down, or may be kept no longer, leaves the device too; never the crisis page.
  const isGone = [404, 410].includes(response.status) || kind(response) === 'none';
  if (isGone && url.pathname !== known.crisis) {
    event.waitUntil(caches.open(PAGES).then((pages) => pages.delete(url.pathname)));
  }
  event.waitUntil(remember(url, response.clone()));
  return response;
};

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') {
    if (!/^\/(admin|api|documents|compte)\//.test(url.pathname)) event.respondWith(answer(event, url));
  } else if (known.files.includes(url.pathname)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(url.pathname)));
  }
});
