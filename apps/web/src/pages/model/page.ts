import type { PageModule } from "../page.ts";

export const page: PageModule = {
  route: "model",
  title: "Bring a model",
  nav: { label: "Bring a model", order: 44 },
  about:
    "Drop an ONNX file, say what its tensors mean, and measure it here; nothing leaves the browser.",
  load: () => import("./BringModel.svelte"),
};
