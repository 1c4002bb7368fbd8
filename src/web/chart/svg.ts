import type { EChartsCoreOption } from 'echarts/core';

/**
 * A chart as SVG for the page: no script, no style sheet or style attribute (the content security policy refuses both),
 * colours as CSS variables so that it follows the theme. `label` is its text alternative.
 */
export async function chartSvg(
  option: EChartsCoreOption,
  size: { width: number; height: number },
  label: string,
): Promise<string> {
  const { init } = await loadCharts();
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    return forPage(chart.renderToSVGString(), size, label);
  } finally {
    chart.dispose();
  }
}

let loaded: Promise<typeof import('echarts/core')> | undefined;

/** Only when the first chart is drawn, and only the parts in use: all of ECharts takes twice the time and memory. */
function loadCharts(): Promise<typeof import('echarts/core')> {
  loaded ??= (async () => {
    const core = await import('echarts/core');
    const { SVGRenderer } = await import('echarts/renderers');
    core.use([SVGRenderer]);
    await Promise.all([
      import('echarts/lib/chart/bar.js'),
      import('echarts/lib/chart/line.js'),
      import('echarts/lib/component/grid.js'),
    ]);
    return core;
  })();
  return loaded;
}

function forPage(svg: string, size: { width: number; height: number }, label: string): string {
  const escaped = label.replace(/[&<>"]/gu, (character) => `&#${character.charCodeAt(0)};`);
  return svg
    .replace(/<(style|defs)[\s\S]*?<\/\1>/gu, '')
    .replace(/ clip-path="[^"]*"/gu, '')
    .replace(/ ecmeta_\w+="[^"]*"/gu, '')
    .replace(/ class="zr[^"]*"/gu, '')
    .replace(/ style="([^"]*)"/gu, (_, style: string) => attributesOf(style))
    .replace(/<svg [^>]*>/u, `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escaped}">`);
}

/** `font-size:12px;font-family:sans-serif;` as presentation attributes. The page's own font is used. */
function attributesOf(style: string): string {
  return style
    .split(';')
    .map((part) => part.split(':'))
    .filter(([name]) => name === 'font-size' || name === 'font-weight')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}
