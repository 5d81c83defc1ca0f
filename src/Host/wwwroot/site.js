// Enhancements only: every page works without this file.
import { counters } from "./js/counters.js";
import { dialogs } from "./js/dialogs.js";
import { drafts } from "./js/drafts.js";
import { lists } from "./js/lists.js";
import { page } from "./js/page.js";
import { uploads } from "./js/uploads.js";

dialogs();
counters();
lists();
drafts();
page();
uploads();
