// On a phone, each line of « À faire » is folded: its title alone, and the rest when it is asked for.
if (window.matchMedia("(max-width: 49.99rem)").matches) {
  for (const line of document.querySelectorAll(".portal-job[open]")) line.open = false;
}
