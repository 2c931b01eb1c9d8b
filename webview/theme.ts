// Colours of the charts, read from VS Code's theme and read again when it changes.

export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  readonly target: string;
  readonly prediction: string;
  readonly dead: string;
  readonly development: string;
  readonly font: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const color = (...names: string[]): string => names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== '') ?? style.color;
  return {
    foreground: color('editor-foreground', 'foreground'),
    muted: color('descriptionForeground', 'foreground'),
    grid: color('panel-chart-grid', 'widget-border', 'panel-border', 'contrastBorder'),
    background: color('editor-background'),
    target: color('descriptionForeground', 'foreground'),
    prediction: color('charts-blue', 'textLink-foreground'),
    dead: color('charts-red', 'errorForeground'),
    development: color('charts-yellow', 'charts-orange'),
    font: style.getPropertyValue('--vscode-font-family') || style.fontFamily,
  };
}

/** VS Code changes the classes of the body and the variables of the root when the theme changes. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
