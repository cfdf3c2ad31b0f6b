// What the template calls its resources, for stems of every kind.
import { namesFor } from '../../../infra/modules/names.bicep'

param stems string[]

output names object[] = [for stem in stems: namesFor(stem, uniqueString(resourceGroup().id, stem))]
