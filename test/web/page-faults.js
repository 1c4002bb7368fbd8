/**
 * What keeps people from using the open page: missing language, title, names and labels, ids that stand twice, text
 * with less contrast than WCAG AA asks for, content wider than the window. One expression for the browser to run, so
 * without types. What platforms draw (`.shown`) keeps their own colours.
 */
(() => {
  const faults = [];
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const named = (element) =>
    (element.textContent ?? '').trim() !== '' ||
    element.hasAttribute('aria-label') ||
    element.querySelector('img[alt]:not([alt=""])') !== null;

  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.trim()) faults.push('no title');
  if (all('h1').length !== 1) faults.push(`${all('h1').length} headings of the first level`);
  if (all('main').length !== 1) faults.push('no main part');
  for (const image of all('img')) if (!image.hasAttribute('alt')) faults.push(`image without alt: ${image.outerHTML}`);
  for (const element of all('a[href], button, summary'))
    if (!named(element)) faults.push(`no name: ${element.outerHTML}`);
  for (const field of all('input:not([type=hidden]), textarea, select'))
    if (!field.labels?.length && !field.hasAttribute('aria-label')) faults.push(`no label: ${field.outerHTML}`);
  const ids = all('[id]').map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) faults.push(`id twice: ${id}`);
  for (const table of all('table')) if (table.querySelector('th[scope]') === null) faults.push('table without headers');
  if (document.documentElement.scrollWidth > window.innerWidth)
    faults.push(`wider than the window: ${document.documentElement.scrollWidth} > ${window.innerWidth}`);

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data);
  };
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255];
  };
  const seen = new Set();
  for (const element of all('body *')) {
    if (element.closest('.shown, svg, .trap, .visually-hidden, .skip')) continue;
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!own || element.getClientRects().length === 0) continue;
    const color = getComputedStyle(element).color;
    const [text, back] = [luminance(rgba(color)), luminance(ground(element))];
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const key = `contrast ${ratio.toFixed(2)} of ${element.tagName.toLowerCase()}.${element.className}`;
    if (ratio < 4.5 && !seen.has(key)) {
      seen.add(key);
      faults.push(`${key}: ${element.textContent?.trim().slice(0, 40)}`);
    }
  }
  return faults;
})();
