// The map that moves, in place of the drawn one: loaded by live-results.js once its panel is seen.
// Nothing is asked of any other site.
const panel = document.querySelector('#map');
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const settings = json('map-settings');
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
const CLUSTER_DISTANCE = 36; // pixels between two marks that a finger can tell apart
let map;
let markers;

const load = (tag, attributes) =>
  new Promise((done, fail) => {
    const part = Object.assign(document.createElement(tag), attributes, { onload: done, onerror: fail });
    document.head.append(part);
  });

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Marks that would cover each other become one, which says how many it is.
const cluster = (points) => {
  const groups = [];
  for (const point of points) {
    const at = map.project([point.lat, point.lon]);
    const near = groups.find((group) => group.at.distanceTo(at) < CLUSTER_DISTANCE);
    if (near) near.points.push(point);
    else groups.push({ at, points: [point] });
  }
  return groups;
};

const popupContent = (points) => {
  const list = document.createElement('ul');
  for (const point of points) {
    const link = Object.assign(document.createElement('a'), { href: point.url, textContent: point.title });
    const line = document.createElement('li');
    line.append(`${point.n}. `, link, ` ${point.tag}`);
    list.append(line);
  }
  return list;
};

const marker = ({ points }) => {
  const [{ n, title, lat, lon }] = points;
  const many = points.length > 1;
  const label = many ? settings.words.many.replace('%(count)s', points.length) : `${n}, ${title}`;
  const icon = L.divIcon({ className: many ? 'map-marker cluster' : 'map-marker', html: many ? `×${points.length}` : `${n}`, iconSize: [36, 36] });
  const layer = L.marker([lat, lon], { icon, title: label, riseOnHover: true });
  layer.on('add', () => layer.getElement().setAttribute('aria-label', label));
  const spread = L.latLngBounds(points.map((point) => [point.lat, point.lon]));
  const apart = many && map.getZoom() < settings.max_zoom && !spread.getSouthWest().equals(spread.getNorthEast());
  if (apart) layer.on('click', () => map.fitBounds(spread.pad(0.3)));
  else layer.bindPopup(() => popupContent(points));
  return layer;
};

const draw = () => {
  const { points, circle } = json('map-points');
  markers.clearLayers();
  if (circle) {
    const [lat, lon, km] = circle;
    L.circle([lat, lon], { radius: km * 1000, color: token('--accent-strong'), dashArray: '4 4', weight: 1.5, fillOpacity: 0.08, interactive: false }).addTo(markers);
  }
  for (const group of cluster(points)) marker(group).addTo(markers);
};

const fitToPoints = () => {
  const { points } = json('map-points');
  if (points.length) map.fitBounds(points.map(({ lat, lon }) => [lat, lon]), { padding: [30, 30], maxZoom: 14 });
  else if (settings.bounds) map.fitBounds(settings.bounds);
};

const borders = async () => {
  if (!settings.contours) return false;
  const response = await fetch(settings.contours);
  if (!response.ok) return false;
  // Below the tiles: seen where there are none, or when their source is away.
  map.createPane('borders').style.zIndex = 150;
  const style = { color: token('--border-strong'), weight: 0.8, fillColor: token('--band'), fillOpacity: 1 };
  L.geoJSON(await response.json(), { style, pane: 'borders', interactive: false }).addTo(map);
  return true;
};

// The images of the background, and a sentence when they are refused, late or not set.
const background = () => {
  const drawn = borders().catch(() => false); // pins alone are a map still
  const sayMissing = async (isMissing) => {
    const { words } = settings;
    const sentence = (await drawn) ? words.borders : words.pins;
    panel.querySelector('.map-notice').textContent = isMissing ? sentence : '';
  };
  if (!settings.tiles) return sayMissing(true);
  let failed = false;
  L.tileLayer(settings.tiles, { attribution: settings.attribution, bounds: settings.bounds })
    .on('loading', () => (failed = false))
    .on('tileerror', () => (failed = true))
    .on('load', () => sayMissing(failed))
    .addTo(map);
};

const start = async () => {
  await Promise.all([
    load('link', { rel: 'stylesheet', href: panel.dataset.style }),
    load('script', { src: panel.dataset.script }),
  ]);
  const canvas = panel.querySelector('.map-canvas');
  canvas.hidden = false;
  panel.querySelector('svg[role="group"]')?.remove();
  map = L.map(canvas, {
    zoomControl: false,
    scrollWheelZoom: false,
    minZoom: settings.min_zoom,
    maxZoom: settings.max_zoom,
    maxBounds: settings.bounds,
    zoomAnimation: !reducedMotion,
    fadeAnimation: !reducedMotion,
    markerZoomAnimation: !reducedMotion,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: settings.words.in, zoomOutTitle: settings.words.out }).addTo(map);
  // The borders are drawn, and say nothing.
  map.getPane('overlayPane').setAttribute('aria-hidden', 'true');
  markers = L.layerGroup().addTo(map);
  fitToPoints();
  draw();
  map.on('zoomend', draw);
  map.on('popupopen', ({ popup }) => popup.getElement().querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', settings.words.close));
  background();
};

start().catch(() => {}); // the drawn map stays
document.addEventListener('portal:results', () => {
  if (!markers) return;
  map.off('zoomend', draw);
  fitToPoints();
  draw();
  map.on('zoomend', draw);
});
