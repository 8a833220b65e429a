// What the first letters of a search may become. Comes with the first visit of a field that
// names it (data-focus-script); everything works without this file.
const WAIT = 150;
const SHORTEST = 2;

const autocomplete = (input) => {
  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.dataset.suggestionsLabel);
  input.after(list);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]]) {
    input.setAttribute(name, value);
  }
  input.autocomplete = 'off';
  const cache = new Map();
  let items = [];
  let selected = -1;
  let timer;
  let running;

  const select = (rank) => {
    selected = rank;
    [...list.children].forEach((option, index) => option.setAttribute('aria-selected', index === rank));
    if (rank < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${list.id}-${rank}`);
    list.children[rank]?.scrollIntoView({ block: 'nearest' });
  };

  const show = (suggestions) => {
    items = suggestions;
    list.replaceChildren(...items.map(({ text, hint }, rank) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${rank}`;
      option.setAttribute('role', 'option');
      option.append(text);
      if (hint) option.append(Object.assign(document.createElement('small'), { textContent: ` ${hint}` }));
      return option;
    }));
    list.hidden = !items.length;
    input.setAttribute('aria-expanded', String(!list.hidden));
    select(-1);
  };

  const close = () => {
    clearTimeout(timer);
    running?.abort();
    show([]);
  };

  const choose = ({ text, url }) => {
    input.value = text;
    close();
    if (url) location.assign(url);
    else if (input.name === 'q') input.form.requestSubmit();
  };

  const suggest = async (start) => {
    running?.abort();
    const { signal } = (running = new AbortController());
    try {
      if (!cache.has(start)) {
        const response = await fetch(input.dataset.suggestions + encodeURIComponent(start), { signal });
        cache.set(start, response.ok ? (await response.json()).items : []);
      }
      if (!signal.aborted) show(cache.get(start));
    } catch {
      if (!signal.aborted) show([]);
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    const start = input.value.trim();
    if (start.length < SHORTEST) close();
    else timer = setTimeout(suggest, WAIT, start);
  });

  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden || event.isComposing) return;
    if (step) select(((selected + 1 + step + items.length + 1) % (items.length + 1)) - 1);
    else if (event.key === 'Enter' && selected >= 0) choose(items[selected]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });

  input.addEventListener('blur', close);
  // The field keeps the focus while the mouse chooses.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const rank = [...list.children].indexOf(event.target.closest('li'));
    if (rank >= 0) choose(items[rank]);
  });
};

document.querySelectorAll('input[data-suggestions]').forEach(autocomplete);
