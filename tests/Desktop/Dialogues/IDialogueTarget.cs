using System;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>What dialogues are played against: an appliance on a simulated network, card and clock.</summary>
    public interface IDialogueTarget : IDisposable
    {
        /// <summary>Starts the appliance on an empty card.</summary>
        /// <param name="configuration">The configuration file's text.</param>
        void Start(string configuration);

        /// <summary>Connects to a service. Nothing runs yet.</summary>
        /// <param name="service">"smtp", "pop3", or one of the two with an s for TLS from the first octet.</param>
        /// <returns>The client's end.</returns>
        IDialogueConnection Open(string service);

        /// <summary>Lets the appliance work, and receives what it sends, until it has nothing to do without new octets or time.</summary>
        void RunUntilQuiet();

        /// <summary>Moves the simulated clock; timeouts that are due fire at the next run.</summary>
        /// <param name="milliseconds">How far.</param>
        void AdvanceClock(long milliseconds);

        /// <summary>Stops the appliance in order, and starts it again on the same card.</summary>
        void Restart();

        /// <summary>Drops the appliance as it stands, with every write that was not synced, and starts another one on the same card.</summary>
        void PowerCut();
    }
}
