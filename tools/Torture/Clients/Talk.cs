using System;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>A connection on which everything is asked in order, of an appliance that is well: each answer has to be the good one.</summary>
    internal sealed class Talk
    {
        private readonly Stage _stage;
        private readonly ReplyReader _replies = new();
        private MemoryClient? _connection;

        /// <summary>Makes it.</summary>
        internal Talk(Stage stage)
        {
            _stage = stage;
        }

        /// <summary>What is asked next.</summary>
        internal OctetText Text { get; } = new();

        /// <summary>Connects.</summary>
        internal void Open(int port)
        {
            _connection = _stage.Devices.Lan.Connect(port);
            _replies.Clear();
        }

        /// <summary>Goes away.</summary>
        internal void Close()
        {
            _connection!.Reset();
        }

        /// <summary>Sends what was put together, and lets the appliance answer.</summary>
        internal void Ask()
        {
            _connection!.Send(Text.Octets);
            _stage.Devices.Run();
            _replies.Receive(_connection);
        }

        /// <summary>Takes a line of POP3; false where none is there.</summary>
        internal bool TakeLine(out ReadOnlySpan<byte> line)
        {
            return _replies.TakeLine(out line);
        }

        /// <summary>Takes a reply of POP3, which has to be +OK.</summary>
        internal ReadOnlySpan<byte> Expect(string command)
        {
            bool isThere = _replies.TakeLine(out ReadOnlySpan<byte> line);
            if (!isThere || !line.StartsWith("+OK"u8))
            {
                Refuse(command, isThere, line);
            }

            return line;
        }

        /// <summary>Takes a reply of POP3 of several lines.</summary>
        /// <returns>What follows the first one.</returns>
        internal ReadOnlySpan<byte> ExpectLong(string command)
        {
            bool isThere = _replies.TakePop3(out bool isOk, out ReadOnlySpan<byte> line, out ReadOnlySpan<byte> body);
            if (!isThere || !isOk)
            {
                Refuse(command, isThere, line);
            }

            return body;
        }

        /// <summary>Takes a reply of SMTP.</summary>
        /// <returns>Its code; 0 where none is there.</returns>
        internal int TakeSmtp()
        {
            return _replies.TakeSmtp();
        }

        private static void Refuse(string command, bool isThere, ReadOnlySpan<byte> line)
        {
            string words = System.Text.Encoding.Latin1.GetString(line);
            throw isThere
                ? new BrokenPromiseException(Promise.AnsweredIsWhole, $"{command} was answered {words}, and the card is right")
                : new BrokenPromiseException(Promise.NothingWaits, $"{command} was not answered");
        }
    }
}
