import type { SampleArticle } from '../article.ts';
import { bakeryAsksFirst } from './bakery-asks-first.ts';
import { discountThatForgotDaugavpils } from './discount-that-forgot-daugavpils.ts';
import { keramikasDarbnicaMarkeTekstus } from './keramikas-darbnica-marke-tekstus.ts';
import { snachalaProchitatPotomOtpravit } from './snachala-prochitat-potom-otpravit.ts';
import { vienaRutinaTrisTeikumi } from './viena-rutina-tris-teikumi.ts';

/** The sample articles, newest first: two English, two Latvian, one Russian. */
export const sampleArticles: readonly SampleArticle[] = [
  bakeryAsksFirst,
  keramikasDarbnicaMarkeTekstus,
  discountThatForgotDaugavpils,
  snachalaProchitatPotomOtpravit,
  vienaRutinaTrisTeikumi,
];
