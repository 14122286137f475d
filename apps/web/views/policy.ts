/** What browsers hold the pages to, whoever sends them: nothing is fetched from elsewhere, and nothing leaves. */
export const contentPolicy: readonly string[] = [
  "default-src 'self'",
  // The engine is WebAssembly; figures carry their styles with them.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];
