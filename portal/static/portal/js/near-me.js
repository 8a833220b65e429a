// « Près de moi »: shown only with a script, asks for the position only when it is clicked.
// Two decimals (about 1 km) are all that leaves the browser, in the address of the list.

const rounded = ({ latitude, longitude }) => `${latitude.toFixed(2)},${longitude.toFixed(2)}`;

// The list as it is asked now, with what is typed, around the reader instead of a place.
const nearbyUrl = (form, position) => {
  const url = new URL(form.action, location.href);
  if (url.pathname === location.pathname) url.search = location.search;
  const typed = form.elements.q?.value.trim();
  if (typed) url.searchParams.set('q', typed);
  else url.searchParams.delete('q');
  for (const name of ['ou', 'page']) url.searchParams.delete(name);
  url.searchParams.set('pres', position);
  return url;
};

for (const box of document.querySelectorAll('[data-near-me]')) {
  const button = box.querySelector('button');
  const status = box.querySelector('[role=status]');
  const form = button.form || document.querySelector('form.search-form');
  if (!form || !navigator.geolocation || !isSecureContext) continue;
  box.hidden = false;
  let isWaiting = false;
  const announce = (message) => {
    isWaiting = false;
    status.textContent = message;
  };
  button.addEventListener('click', () => {
    if (isWaiting) return;
    announce(box.dataset.wait);
    isWaiting = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        announce(box.dataset.found);
        location.assign(nearbyUrl(form, rounded(coords)));
      },
      (error) => announce(error.code === error.PERMISSION_DENIED ? box.dataset.denied : box.dataset.unavailable),
      { timeout: 15000, maximumAge: 600000 },
    );
  });
}
