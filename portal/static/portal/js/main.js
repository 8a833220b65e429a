// Comfort only: everything works without this file.

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

// On a phone, choosing a place of the map closes the map and shows the place.
for (const link of document.querySelectorAll('.map a')) {
  link.addEventListener('click', () => {
    const panel = link.closest('[popover]');
    if (panel?.matches(':popover-open')) panel.hidePopover();
  });
}
