/** answer → lead: by the form, or by a talk with the bot; a lead exists only once the person agreed. */
export { type FormAnswer, FormError, formFor, type LeadForm, submitForm } from './form.ts';
export { agree, eraseLead, personOf, type Topic, tell, topicOf } from './talk.ts';
