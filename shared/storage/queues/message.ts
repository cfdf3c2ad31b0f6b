/** By which a message is deleted or hidden for longer: of its latest receipt. */
export interface MessageReceipt {
	messageId: string;
	popReceipt: string;
}

/** A message that is hidden from others for a while. */
export interface Message extends MessageReceipt {
	/** As it was sent: in base64, when it is one of ours or of the Functions host. */
	text: string;
	/** How often it was received, this time included. */
	dequeueCount: number;
}
