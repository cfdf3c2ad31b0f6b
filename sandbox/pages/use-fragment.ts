import { useEffect, useState } from 'preact/hooks';

const read = () => location.hash.replace(/^#\/?/, '');

/** What the address has behind the `#`: which item of a list is open, so that back and reload work. `#/`: none. */
export function useFragment(): string {
	const [fragment, setFragment] = useState(read);
	useEffect(() => {
		const update = () => setFragment(read());
		addEventListener('hashchange', update);
		return () => removeEventListener('hashchange', update);
	}, []);
	return fragment;
}
