// Small improvements over pages that are complete without them.
import "htmx.org/dist/htmx.esm.min.js";
import "./csrf.js";
import "./fonts.js";
import "./class-page.js";
import "./period-page.js";
import "./connection.js";
import "./kept-page.js";
import "./menus.js";
import "./passkey.js";
import "./submit-once.js";
import "./wall.js";
