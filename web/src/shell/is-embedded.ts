/** Whether the page shows in a frame of another site: `?embed=1` takes away everything around the matrix. */
export function isEmbedded(): boolean {
  return new URLSearchParams(location.search).get('embed') === '1';
}
