using System;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>The client's end of a connection to an appliance that is played against.</summary>
    public interface IDialogueConnection
    {
        /// <summary>All octets received so far, those that were looked at already included.</summary>
        ReadOnlySpan<byte> Received { get; }

        /// <summary>Whether the appliance has closed or reset the connection, as the client sees it.</summary>
        bool IsClosed { get; }

        /// <summary>Sends octets, all of which arrive together. What is sent to a closed connection is lost.</summary>
        /// <param name="octets">The octets.</param>
        void Send(ReadOnlySpan<byte> octets);

        /// <summary>Closes in order.</summary>
        void HangUp();

        /// <summary>Begins TLS, as its client.</summary>
        void StartTls();

        /// <summary>Resets the connection.</summary>
        void Reset();
    }
}
