// A filter that changes refreshes the list in place. Without this file, the button does it.
const form = document.querySelector('#recherche');
const panel = document.querySelector('#filtres');
const part = (page, id) => page.getElementById(id);
let running;

const address = () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return `${form.action}${asked.size ? '?' : ''}${asked}`;
};

// Words typed since belong to a new question, which the server answers with a whole page.
const isEdited = () => ['q', 'ou'].some((name) => form.elements[name].value !== form.elements[name].defaultValue);

const show = (fresh) => {
  const { name, value } = document.activeElement;
  const open = [...panel.querySelectorAll('details[open]')].map((fold) => fold.id);
  for (const id of ['choix', 'resultats']) part(document, id).replaceChildren(...part(fresh, id).childNodes);
  for (const id of open) part(document, id)?.setAttribute('open', '');
  const same = [...panel.querySelectorAll('select, input')].find(
    (field) => field.name === name && (field.type !== 'checkbox' || field.value === value),
  );
  same?.focus({ preventScroll: true });
  document.title = fresh.title;
  part(document, 'annonce').textContent = part(document, 'nb').textContent;
  document.dispatchEvent(new Event('portail:resultats'));
};

const refresh = async () => {
  const url = address();
  running?.abort();
  const { signal } = (running = new AbortController());
  try {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
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
  if (!panel.contains(event.submitter) || !panel.matches(':popover-open') || isEdited()) return;
  event.preventDefault();
  panel.hidePopover();
  part(document, 'nb').scrollIntoView();
});

// The map that moves comes once its panel is seen: on a phone, when somebody opens it.
const map = document.querySelector('#carte');
new IntersectionObserver(([panelSeen], watch) => {
  if (!panelSeen.isIntersecting) return;
  watch.disconnect();
  import(map.dataset.module).catch(() => {}); // the drawn map stays
}).observe(map);
