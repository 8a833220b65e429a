// The progress of a sending or of an import, asked for again every three seconds. Without this
// file, the page has a link that does the same.
const EVERY = 3000;
const progress = document.querySelector('[data-progress]');
const status = document.querySelector('[data-progress-status]');

const current = () => progress.firstElementChild;
const isFinished = () => 'finished' in current().dataset;

const refresh = async () => {
  let html;
  try {
    const response = await fetch(`${progress.dataset.progress}${location.search}`, { credentials: 'same-origin' });
    if (!response.ok || response.redirected) return;
    html = await response.text();
  } catch {
    return; // the network is away: the next time may do
  }
  // Who is reading in there with a keyboard is not thrown out.
  if (progress.contains(document.activeElement)) return;
  const before = current().dataset.state;
  progress.innerHTML = html;
  if (current().dataset.state === before) return;
  // Other buttons are to be shown, unless somebody is on one.
  status.textContent = current().querySelector('p').textContent;
  if (!document.activeElement.closest('form')) location.reload();
};

const tick = async () => {
  if (!document.hidden) await refresh();
  if (!isFinished()) setTimeout(tick, EVERY);
};

if (progress && !isFinished()) setTimeout(tick, EVERY);
