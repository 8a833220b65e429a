// Comfort only: everything works without this file.

// A browser that can keeps the crisis page, for the day without a network.
const { worker } = document.currentScript.dataset;
if (worker && 'serviceWorker' in navigator) {
  addEventListener('load', async () => {
    try {
      await navigator.serviceWorker.register(worker, { updateViaCache: 'none' });
      (await navigator.serviceWorker.ready).active.postMessage('keep');
    } catch { /* The pages work without. */ }
  });
}

// A button that prints would do nothing without a script: it shows here.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// Forms: say what is missing before sending, with the words that the page gives
// (data-missing, data-wrong), else the browser's own, which speaks the reader's language.
const errorMessage = (field) =>
  (field.validity.valueMissing ? field.dataset.missing : field.dataset.wrong) || field.validationMessage;

const check = (field) => {
  const container = field.closest('.field');
  const invalid = !field.checkValidity();
  const output = container && container.querySelector('.error');
  if (!output) return invalid;
  container.classList.toggle('invalid', invalid);
  if (invalid) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
  output.textContent = invalid ? errorMessage(field) : '';
  if (invalid && output.id) {
    const ids = new Set((field.getAttribute('aria-describedby') || '').split(/\s+/).filter(Boolean));
    field.setAttribute('aria-describedby', [...ids.add(output.id)].join(' '));
  }
  return invalid;
};

for (const form of document.querySelectorAll('form[data-validate]')) {
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    const invalid = [...form.elements].filter((field) => field.willValidate && check(field));
    if (!invalid.length) return;
    event.preventDefault();
    invalid[0].focus();
  });
  // While it is typed, not on leaving the field: what moves under a finger loses its press.
  form.addEventListener('input', (event) => {
    if (event.target.closest('.invalid')) check(event.target);
  });
}

// What only helps to fill a field comes once somebody is in it.
document.addEventListener('focusin', ({ target }) => {
  if (target.dataset.focusScript) import(target.dataset.focusScript).catch(() => {});
});

// The server's list of errors is read first.
document.querySelector('.error-summary')?.focus();

// Sheets (menu, languages, filters, map): where they have no place of their own, a link opens one in
// a modal dialog. Without this file, it leads to the sheet in the page.
const dialog = Object.assign(document.createElement('dialog'), { className: 'sheet-dialog' });
const openers = (hash = '') => document.querySelectorAll(`.sheet-opener[href^="#${hash}"]`);

const makeButtons = () => {
  for (const link of openers()) {
    link.setAttribute('role', 'button');
    link.setAttribute('aria-haspopup', 'dialog');
  }
};

const openSheet = (opener) => {
  const sheet = document.querySelector(opener.hash);
  const place = document.createComment('');
  sheet.replaceWith(place);
  dialog.replaceChildren(sheet);
  dialog.setAttribute('aria-label', opener.textContent.trim());
  dialog.returnValue = '';
  dialog.showModal();
  const putBack = () => {
    place.replaceWith(sheet);
    // The list may have been renewed meanwhile, its buttons with it. A link leads elsewhere.
    if (!dialog.returnValue) openers(sheet.id)[0]?.focus({ preventScroll: true });
  };
  dialog.addEventListener('close', putBack, { once: true });
};

if (dialog.showModal) {
  document.body.append(dialog);
  makeButtons();
  document.addEventListener('portal:results', makeButtons);
  document.addEventListener('click', (event) => {
    const opener = event.target.closest('.sheet-opener');
    if (opener) {
      event.preventDefault();
      openSheet(opener);
    } else if (event.target.closest('.sheet-close')) dialog.close();
    else if (event.target.closest('dialog a:not([role=button])')) dialog.close('link');
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || !event.target.matches('.sheet-opener')) return;
    event.preventDefault();
    event.target.click();
  });
  matchMedia('(min-width: 64rem)').addEventListener('change', () => dialog.close());
}
