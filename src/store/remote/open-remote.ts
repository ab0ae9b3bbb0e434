/** A shared place opened: which of the kinds of services keeps it. */
import { EnvironmentError } from '../../shared/problem.js';
import { awsSettings } from './aws-settings.js';
import { folderStore } from './folder.js';
import type { SharedPlace } from './places.js';
import type { RemoteStore } from './remote-store.js';
import type { Asking } from './request.js';
import { s3Store } from './s3.js';
import { webStore } from './web.js';

/** Asks nobody anything yet. Throws an EnvironmentError where settings of AWS cannot be used. */
export function openRemote(place: SharedPlace, how: Pick<Asking, 'patience' | 'pause'> = {}): RemoteStore {
  switch (place.kind) {
    case 's3': {
      const settings = awsSettings();
      if ('refused' in settings) throw new EnvironmentError(settings.refused);
      return s3Store(place, settings, how);
    }
    case 'web':
      return webStore(place.url, how);
    case 'folder':
      return folderStore(place.folder, place.name);
  }
}
