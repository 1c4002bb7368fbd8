// ECharts ships these parts without types; importing one registers it.
declare module 'echarts/lib/chart/bar.js';
declare module 'echarts/lib/chart/line.js';
declare module 'echarts/lib/component/grid.js';
