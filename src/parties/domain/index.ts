export { isInForce, type Mandate, type MandateRight, type MandateTerritory } from './mandate.js';
