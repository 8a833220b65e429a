() => {
  // What axe does not look at, as the criteria of the RGAA ask for it. Returns « criterion: passage ».
  const found = []
  const say = (criterion, one) => found.push(`${criterion}: ${(one.outerHTML || String(one)).slice(0, 160)}`)
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true })
  const clean = (text) => (text || '').replace(/\s+/g, ' ').trim()
  const textById = (ids) => clean((ids || '').split(/\s+/).map((id) => document.getElementById(id)?.textContent || '').join(' '))
  // The name of a link, as a screen reader says it: its label, or its words and the words of its images.
  const words = (node) => {
    if (node.nodeType === 3) return node.data
    if (node.nodeType !== 1 || node.getAttribute('aria-hidden') === 'true') return ''
    if (node.tagName === 'IMG') return node.alt
    if (node.tagName === 'svg') return node.querySelector('title')?.textContent || node.getAttribute('aria-label') || ''
    return [...node.childNodes].map(words).join(' ')
  }
  const nameOf = (one) => textById(one.getAttribute('aria-labelledby')) || clean(one.getAttribute('aria-label')) || clean(words(one)) || clean(one.title)

  // 6.1: the same words lead to one place, unless what stands around says which.
  const places = new Map()
  for (const link of document.querySelectorAll('a[href]')) {
    if (!isShown(link)) continue
    const name = nameOf(link).toLowerCase()
    const around = link.closest('li li, li, td, p, dd') || link
    const said = clean(words(around)).toLowerCase()
    const target = String(link.href.baseVal ?? link.href).split('#')[0] + (link.getAttribute('href').startsWith('#') ? link.hash : '')
    const key = `${name}|${said === name ? '' : said}`
    if (!places.has(key)) places.set(key, target)
    else if (places.get(key) !== target) say('6.1', link)
  }
  for (const link of document.querySelectorAll('a[href], button')) {
    const name = nameOf(link)
    if (isShown(link) && link.title && !clean(link.title).toLowerCase().includes(clean(words(link)).toLowerCase())) say('6.1', link)
    if (isShown(link) && !name) say('6.2', link)
    if (/^(cliquez ici|ici|lire la suite|en savoir plus|plus|suite)$/i.test(name)) say('6.1', link)
  }

  // 9.1: a heading is followed by what it announces, and says something.
  const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')].filter(isShown)
  const level = (one) => Number(one.tagName[1])
  if ([...document.querySelectorAll('h1')].filter(isShown).length !== 1) say('9.1', 'h1')
  headings.forEach((heading, index) => {
    if (!clean(words(heading))) say('9.1', heading)
    const next = headings[index + 1]
    if (next && level(next) > level(heading) + 1) say('9.1', next)
    const range = document.createRange()
    range.setStartAfter(heading)
    const main = heading.closest('main')
    if (next) range.setEndBefore(next)
    else range.setEnd(main, main.childNodes.length)
    if (next && level(next) > level(heading)) return
    const between = range.cloneContents()
    between.querySelectorAll('script, style, template, [hidden]').forEach((one) => one.remove())
    if (!clean(between.textContent) && !between.querySelector('img, svg, input, iframe')) say('9.1', heading)
  })
  // 9.1, 9.3: neither a heading nor a list is drawn with other elements.
  for (const one of document.querySelectorAll('main p')) {
    const only = one.children.length === 1 && one.firstElementChild
    if (only && /^(B|STRONG)$/.test(only.tagName) && clean(only.textContent) === clean(one.textContent)
      && one.nextElementSibling?.tagName === 'P' && !one.closest('li, figure, .note, blockquote, aside, [role=alert], .card')) say('9.1', one)
    if (/^\s*[-–•*]\s/.test(one.textContent) && /^\s*[-–•*]\s/.test(one.nextElementSibling?.textContent || '')) say('9.3', one)
  }

  // 11.1, 11.10, 11.11, 11.13: fields say their name, that they are needed, and what is wrong.
  for (const field of document.querySelectorAll('input:not([type=hidden], [type=submit], [type=button]), select, textarea')) {
    if (!isShown(field)) continue
    const label = [...(field.labels || [])].map((one) => clean(words(one))).join(' ') || nameOf(field)
    if (!label) say('11.1', field)
    if (!field.labels?.length && !field.hasAttribute('aria-label') && !field.hasAttribute('aria-labelledby') && !field.title) say('11.1', field)
    const described = (field.getAttribute('aria-describedby') || '').split(/\s+/).filter(Boolean)
    if (described.some((id) => !document.getElementById(id))) say('11.10', field)
    if (field.getAttribute('aria-invalid') === 'true' && !textById(field.getAttribute('aria-describedby'))) say('11.10', field)
    const needed = field.required || field.getAttribute('aria-required') === 'true'
    const form = field.closest('form')
    const group = clean(words(field.closest('fieldset')?.querySelector('legend') || document.createElement('i')))
    if (needed && form && !/obligatoire|required|\*/i.test(`${label} ${group} ${clean(form.textContent)}`)) say('11.10', field)
    if (/\*/.test(label) && !needed) say('11.10', field)
    if (field.type === 'email' && field.autocomplete !== 'email' && form?.method === 'post') say('11.13', field)
    if (field.type === 'tel' && field.autocomplete && field.autocomplete !== 'tel') say('11.13', field)
  }
  for (const type of ['radio', 'checkbox']) {
    const names = new Map()
    document.querySelectorAll(`input[type=${type}][name]`).forEach((one) => names.set(one.name, [...(names.get(one.name) || []), one]))
    for (const group of names.values()) {
      if (group.length > 1 && !group[0].closest('fieldset, [role=group], [role=radiogroup]')) say('11.5', group[0])
    }
  }
  for (const set of document.querySelectorAll('fieldset')) {
    if (isShown(set) && !clean(set.querySelector(':scope > legend')?.textContent)) say('11.6', set)
  }

  // 7.1: what opens a window of the page says which, and there is one.
  for (const opener of document.querySelectorAll('[aria-haspopup=dialog], .sheet-opener')) {
    if (isShown(opener) && opener.hash && !document.querySelector(opener.hash)) say('7.1', opener)
  }
  for (const dialog of document.querySelectorAll('dialog, [role=dialog]')) {
    if (isShown(dialog) && !nameOf({ getAttribute: (n) => dialog.getAttribute(n), title: '', nodeType: 0, childNodes: [] })) say('7.1', dialog)
  }
  for (const one of document.querySelectorAll('main :is(div, span, p)[onclick], [role=button]:not(button, a, summary):not([tabindex])')) say('7.3', one)
  // 12.8: the order of the keyboard is the order of the page.
  for (const one of document.querySelectorAll('[tabindex]')) if (one.tabIndex > 0) say('12.8', one)
  const skip = document.querySelector('a[href]')
  if (!skip || !document.querySelector(skip.getAttribute('href').startsWith('#') ? skip.getAttribute('href') : '#none')) say('12.7', skip || 'a')

  // 10.x: what the page hides or says by its look only.
  for (const one of document.querySelectorAll('[style*="text-align: justify"], [style*="text-align:justify"]')) say('10.1', one)
  for (const one of document.querySelectorAll('center, font, marquee, blink, big, tt')) say('10.1', one)
  for (const one of document.querySelectorAll('blink, marquee')) say('13.8', one)
  const refresh = document.querySelector('meta[http-equiv=refresh i]')
  if (refresh && !/^0\s*;/.test(refresh.content)) say('13.1', refresh)
  for (const one of document.querySelectorAll('a[target=_blank]')) if (!/nouvel/i.test(`${nameOf(one)} ${one.title}`)) say('13.2', one)
  // 8.6: the title says the page, then the site; 8.9: no paragraph is made of line breaks.
  if (!/\S.* – \S/.test(document.title)) say('8.6', document.title)
  for (const one of document.querySelectorAll('br + br')) say('8.9', one)
  for (const one of document.querySelectorAll('p:not([role=status]), li, h2, h3')) if (isShown(one) && !one.childNodes.length) say('8.9', one)
  // 5.x: a table of data says what it holds, and has headers; a table of layout has none.
  for (const table of document.querySelectorAll('table:not([role=presentation])')) {
    if (isShown(table) && !clean(table.caption?.textContent) && !nameOf(table)) say('5.4', table)
    if (isShown(table) && !table.querySelector('th')) say('5.6', table)
    for (const head of table.querySelectorAll('th')) if (!head.scope && !head.id) say('5.7', head)
  }
  // 1.x: an image that says something says it; one that does not is left out.
  for (const image of document.querySelectorAll('img')) {
    if (/\.(jpe?g|png|svg|webp|gif)$|^(image|photo|logo)$/i.test(image.alt.trim())) say('1.3', image)
  }
  for (const drawing of document.querySelectorAll('svg')) {
    if (isShown(drawing) && drawing.getAttribute('aria-hidden') !== 'true' && drawing.getAttribute('role') !== 'img' && !drawing.closest('[aria-hidden=true]') && !drawing.closest('[role=img]') && !drawing.querySelector('a')) say('1.2', drawing)
  }
  return [...new Set(found)]
}
