/** Read by svelte-check and editors; the build passes the same to Vite. */
export default { compilerOptions: { runes: true } };
