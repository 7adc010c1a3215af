using System;
using System.Collections.Generic;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tests.Whole;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>The whole appliance, on a network, card and clock in RAM.</summary>
    internal sealed class ApplianceTarget : IDialogueTarget
    {
        private readonly List<Client> _clients = [];
        private ApplianceRig? _rig;

        private ApplianceRig Rig => _rig ?? throw new InvalidOperationException("not started");

        public void Start(string configuration) => _rig = new ApplianceRig(configuration).Start();

        public IDialogueConnection Open(string service)
        {
            Client client = new(Connect(service));
            _clients.Add(client);
            return client;
        }

        private MemoryClient Connect(string service)
        {
            bool isSmtp = service.StartsWith("smtp", StringComparison.Ordinal);
            if (!service.EndsWith('s'))
            {
                return isSmtp ? Rig.Smtp() : Rig.Pop3();
            }

            MemoryClient client = Rig.Tls(isSmtp);
            client.StartTls();
            return client;
        }

        public void RunUntilQuiet()
        {
            Rig.Run();
            _clients.ForEach(client => client.Receive());
        }

        public void AdvanceClock(long milliseconds) => Rig.Advance(milliseconds);

        public void Restart()
        {
            Rig.Appliance.Stop();
            StartAgain();
        }

        public void PowerCut()
        {
            Rig.Card.PowerCut();
            StartAgain();
        }

        public void Dispose()
        {
        }

        private void StartAgain()
        {
            _clients.ForEach(client => client.Lose());
            _clients.Clear();
            Rig.Start();
        }

        private sealed class Client(MemoryClient client) : IDialogueConnection
        {
            private readonly List<byte> _received = [];
            private bool _isLost;

            public ReadOnlySpan<byte> Received => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received);

            public bool IsClosed => _isLost || client.IsEndOfInput || client.IsClosed || client.IsReset;

            public void Receive() => _received.AddRange(client.TakeOctets());

            public void Lose()
            {
                Receive();
                _isLost = true;
            }

            public void Send(ReadOnlySpan<byte> octets)
            {
                if (!IsClosed)
                {
                    client.Send(octets);
                }
            }

            public void HangUp() => client.EndSend();

            public void StartTls() => client.StartTls();

            public void Reset() => client.Reset();
        }
    }
}
