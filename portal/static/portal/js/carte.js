// The map that moves, in place of the drawn one: loaded by recherche.js once its panel is seen.
// Nothing is asked of any other site.
const panel = document.querySelector('#carte');
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const settings = json('reglages-carte');
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const TOO_NEAR = 36; // pixels between two marks that a finger can tell apart
let map;
let marks;

const load = (tag, attributes) =>
  new Promise((done, fail) => {
    const part = Object.assign(document.createElement(tag), attributes, { onload: done, onerror: fail });
    document.head.append(part);
  });

const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Marks that would cover each other become one, which says how many it is.
const gather = (points) => {
  const groups = [];
  for (const point of points) {
    const at = map.project([point.lat, point.lon]);
    const near = groups.find((group) => group.at.distanceTo(at) < TOO_NEAR);
    if (near) near.points.push(point);
    else groups.push({ at, points: [point] });
  }
  return groups;
};

const card = (points) => {
  const list = document.createElement('ul');
  for (const point of points) {
    const link = Object.assign(document.createElement('a'), { href: point.url, textContent: point.title });
    const line = document.createElement('li');
    line.append(`${point.n}. `, link, ` ${point.tag}`);
    list.append(line);
  }
  return list;
};

const mark = ({ points }) => {
  const [{ n, title, lat, lon }] = points;
  const many = points.length > 1;
  const label = many ? settings.words.many.replace('%(count)s', points.length) : `${n}, ${title}`;
  const icon = L.divIcon({ className: many ? 'mark many' : 'mark', html: many ? `×${points.length}` : `${n}`, iconSize: [36, 36] });
  const made = L.marker([lat, lon], { icon, title: label, riseOnHover: true });
  made.on('add', () => made.getElement().setAttribute('aria-label', label));
  const spread = L.latLngBounds(points.map((point) => [point.lat, point.lon]));
  const apart = many && map.getZoom() < settings.max_zoom && !spread.getSouthWest().equals(spread.getNorthEast());
  if (apart) made.on('click', () => map.fitBounds(spread.pad(0.3)));
  else made.bindPopup(() => card(points));
  return made;
};

const draw = () => {
  const { points, circle } = json('points-carte');
  marks.clearLayers();
  if (circle) {
    const [lat, lon, km] = circle;
    L.circle([lat, lon], { radius: km * 1000, color: tone('--sun-deep'), dashArray: '4 4', weight: 1.5, fillOpacity: 0.08, interactive: false }).addTo(marks);
  }
  for (const group of gather(points)) mark(group).addTo(marks);
};

const frame = () => {
  const { points } = json('points-carte');
  if (points.length) map.fitBounds(points.map(({ lat, lon }) => [lat, lon]), { padding: [30, 30], maxZoom: 14 });
  else if (settings.bounds) map.fitBounds(settings.bounds);
};

const background = async () => {
  if (settings.tiles) L.tileLayer(settings.tiles, { attribution: settings.attribution, bounds: settings.bounds }).addTo(map);
  if (!settings.contours) return;
  const answer = await fetch(settings.contours);
  if (!answer.ok) return;
  // Below the tiles: seen where there are none, or when their source is away.
  map.createPane('borders').style.zIndex = 150;
  const style = { color: tone('--edge'), weight: 0.8, fillColor: tone('--band'), fillOpacity: 1 };
  L.geoJSON(await answer.json(), { style, pane: 'borders', interactive: false }).addTo(map);
};

const start = async () => {
  await Promise.all([
    load('link', { rel: 'stylesheet', href: panel.dataset.style }),
    load('script', { src: panel.dataset.script }),
  ]);
  const ground = panel.querySelector('.ground');
  ground.hidden = false;
  panel.querySelector('svg[role="group"]')?.remove();
  map = L.map(ground, {
    zoomControl: false,
    scrollWheelZoom: false,
    minZoom: settings.min_zoom,
    maxZoom: settings.max_zoom,
    maxBounds: settings.bounds,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: settings.words.in, zoomOutTitle: settings.words.out }).addTo(map);
  marks = L.layerGroup().addTo(map);
  frame();
  draw();
  map.on('zoomend', draw);
  map.on('popupopen', ({ popup }) => popup.getElement().querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', settings.words.close));
  background().catch(() => {}); // pins alone are a map still
};

start().catch(() => {}); // the drawn map stays
document.addEventListener('portail:resultats', () => {
  if (!marks) return;
  map.off('zoomend', draw);
  frame();
  draw();
  map.on('zoomend', draw);
});
