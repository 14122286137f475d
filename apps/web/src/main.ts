/** Starts the app in `#app`. */
import { mount } from "svelte";
import App from "./App.svelte";
import "./style/type.css";
import "./style/base.css";

mount(App, { target: document.getElementById("app")! });

// Keeps the pages for later readings without a network; a failure costs only that.
if ("serviceWorker" in navigator && import.meta.env.PROD)
  addEventListener("load", () => {
    navigator.serviceWorker.register("./sw.js").catch(() => {});
  });
