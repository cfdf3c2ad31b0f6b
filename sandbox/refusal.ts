/** Why a stand-in refuses a request, in the words and codes of the real service. */
export interface Refusal {
	status: number;
	code: string;
	message: string;
	headers?: Record<string, string>;
}
