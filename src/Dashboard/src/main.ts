import "./styles/theme.css";
import "./styles/base.css";
import "./styles/shell.css";
import { takeTokenFromAddress } from "./api/identity";
import { page } from "./shell/page";
import { startTheme } from "./shell/theme";
import { listenToAddress } from "./store/address";
import { store } from "./store/store";

takeTokenFromAddress();
startTheme();
listenToAddress();
store.start();
document.getElementById("page")!.replaceWith(page(store));
