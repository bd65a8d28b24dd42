// Search and copy buttons. Without this script the page lacks nothing else.
"use strict";
