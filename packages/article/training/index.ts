/** Models that are measured with: each has not seen one fold of the domains. */
import { type BodyModel, unpackModel } from '../src/likelihood/body-model.ts';
import { FOLDS, foldOf } from './folds.ts';
import unseen0 from './unseen/0.json' with { type: 'json' };
import unseen1 from './unseen/1.json' with { type: 'json' };
import unseen2 from './unseen/2.json' with { type: 'json' };
import unseen3 from './unseen/3.json' with { type: 'json' };

const models = [unseen0, unseen1, unseen2, unseen3].map(unpackModel);
if (models.length !== FOLDS) throw new Error('A model for each fold is needed: train again.');

/** The model that no page of the domain of this URL was in the training of. */
export function unseenModel(url: string): BodyModel {
  return models[foldOf(url)] as BodyModel;
}
