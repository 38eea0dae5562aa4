// Everything of stamped ballots that a phone loads only once one of them is announced.
export { StampedBallots } from "./phone.ts";
export { realPorts } from "./ports.ts";
export { checkPart, stampedPart } from "./views.ts";
