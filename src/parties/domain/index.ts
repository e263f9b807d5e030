export { isInForce, type Mandate, type MandateRight } from './mandate.js';
