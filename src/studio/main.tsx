// The studio's page.
import { render } from "preact";
import { App } from "./app.tsx";
import "report.css";
import "./studio.css";

const place = document.getElementById("studio");
if (place !== null) render(<App />, place);
