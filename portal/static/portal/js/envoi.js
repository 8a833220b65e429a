// The figures of a sending, asked for again every three seconds. Without this file, the page has
// a link that does the same.
const EVERY = 3000;
const figures = document.querySelector('[data-letter-figures]');
const news = document.querySelector('[data-letter-news]');

const now = () => figures.firstElementChild;

const refresh = async () => {
  let text;
  try {
    const answer = await fetch(`${figures.dataset.letterFigures}${location.search}`, { credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) return;
    text = await answer.text();
  } catch {
    return; // the network is away: the next time may do
  }
  // Who is reading in there with a keyboard is not thrown out.
  if (figures.contains(document.activeElement)) return;
  const before = now().dataset.state;
  figures.innerHTML = text;
  if (now().dataset.state === before) return;
  // Other buttons are to be shown, unless somebody is on one.
  news.textContent = now().querySelector('p').textContent;
  if (!document.activeElement.closest('form')) location.reload();
};

const tick = async () => {
  if (!document.hidden) await refresh();
  if (!('over' in now().dataset)) setTimeout(tick, EVERY);
};

if (figures && !('over' in now().dataset)) setTimeout(tick, EVERY);
