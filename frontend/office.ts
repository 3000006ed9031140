/** Scripts of officers' pages. Every page works without them; they save taps. */
import "htmx.org";
import { limitFiles } from "./behaviour/limit";
import { start } from "./behaviour/start";

start();
document.addEventListener("DOMContentLoaded", limitFiles);
