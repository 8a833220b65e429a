// A filter that changes refreshes the list in place. Without this file, the button does it.
const form = document.querySelector('#search-form');
const panel = document.querySelector('#filters');
const part = (page, id) => page.getElementById(id);
let running;

const resultsUrl = () => {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return `${form.action}${query.size ? '?' : ''}${query}`;
};

// Words typed since belong to a new query, which the server answers with a whole page.
const isEdited = () => ['q', 'ou'].some((name) => form.elements[name].value !== form.elements[name].defaultValue);

const show = (fresh) => {
  const { name, value } = document.activeElement;
  const open = [...panel.querySelectorAll('details[open]')].map((disclosure) => disclosure.id);
  for (const id of ['understood', 'filter-fields', 'results']) part(document, id).replaceChildren(...part(fresh, id).childNodes);
  for (const id of open) part(document, id)?.setAttribute('open', '');
  const same = [...panel.querySelectorAll('select, input')].find(
    (field) => field.name === name && (field.type !== 'checkbox' || field.value === value),
  );
  same?.focus({ preventScroll: true });
  document.title = fresh.title;
  part(document, 'results-status').textContent = part(document, 'results-title').textContent;
  document.dispatchEvent(new Event('portal:results'));
};

const refresh = async () => {
  const url = resultsUrl();
  running?.abort();
  const { signal } = (running = new AbortController());
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(response.status);
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (signal.aborted) return;
    show(fresh);
    history.replaceState(null, '', url);
  } catch (error) {
    if (!signal.aborted) location.assign(url);
  }
};

panel.addEventListener('change', (event) => {
  if (event.target.form !== form) return;
  if (isEdited()) form.requestSubmit();
  else refresh();
});

// On a phone the list is already up to date behind the panel: closing it is enough.
form.addEventListener('submit', (event) => {
  const dialog = panel.closest('dialog');
  if (!dialog || !panel.contains(event.submitter) || isEdited()) return;
  event.preventDefault();
  dialog.close();
  part(document, 'results-title').scrollIntoView();
});

// The map that moves comes once its panel is seen: on a phone, when somebody opens it.
const map = document.querySelector('#map');
new IntersectionObserver(([entry], observer) => {
  if (!entry.isIntersecting) return;
  observer.disconnect();
  import(map.dataset.module).catch(() => {}); // the drawn map stays
}).observe(map);
