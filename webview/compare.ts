// The page of a comparison: made by the host; remembers what it compares, and opens a run.

interface Api {
  postMessage(message: { readonly open: number }): void;
  setState(state: { readonly ids: unknown }): void;
}

declare function acquireVsCodeApi(): Api;

const api = acquireVsCodeApi();
api.setState({ ids: JSON.parse(document.getElementById('compare')!.dataset['ids']!) });
for (const button of document.querySelectorAll<HTMLElement>('[data-open]')) {
  button.addEventListener('click', () => api.postMessage({ open: Number(button.dataset['open']) }));
}
