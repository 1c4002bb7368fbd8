/** delivery → engagement: clicks as they happen, the platforms' numbers at widening intervals. */
export { followLink, type Hit } from './click.ts';
export { measure, takeEngagement } from './measure.ts';
