using System;
using System.Text;
using MailAppliance.Hal.Desktop.Simulated;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>One client of the appliance: connects, says something each time it has its turn, and sometimes just goes away.</summary>
    internal abstract class Client
    {
        private MemoryClient? _connection;

        /// <summary>Makes it.</summary>
        protected Client(Stage stage, string name)
        {
            Stage = stage;
            Name = name;
        }

        /// <summary>What it is called in the trail.</summary>
        internal string Name { get; }

        /// <summary>It has asked something, and is still to be answered.</summary>
        internal bool Awaits
        {
            get { return _connection != null && IsAsking; }
        }

        /// <summary>Both sides of its connection are whole, as far as it can see.</summary>
        protected bool IsConnected
        {
            get { return _connection != null && !_connection.IsReset && !_connection.IsEndOfInput && !_connection.HasEndedSend; }
        }

        /// <summary>Everything around it.</summary>
        protected Stage Stage { get; }

        /// <summary>What it received.</summary>
        protected ReplyReader Replies { get; } = new();

        /// <summary>What it says next.</summary>
        protected OctetText Text { get; } = new();

        /// <summary>Where it connects.</summary>
        protected abstract int Port { get; }

        /// <summary>Whether the last thing it sent is still to be answered.</summary>
        protected abstract bool IsAsking { get; }

        /// <summary>One event.</summary>
        internal void Step()
        {
            if (_connection == null)
            {
                Connect();
                return;
            }

            Listen();
            if (_connection == null)
            {
                return;
            }

            if (_connection.HasEndedSend)
            {
                return;
            }

            if (Stage.Random.Chance(Stage.Plan.Misbehaving))
            {
                Misbehave();
            }
            else
            {
                Speak();
            }
        }

        /// <summary>Reads what has come, and finds out whether the connection has ended.</summary>
        internal void Listen()
        {
            if (_connection == null)
            {
                return;
            }

            Replies.Receive(_connection);
            TakeReplies();
            if (_connection != null && (_connection.IsReset || _connection.IsEndOfInput) && _connection.Available == 0)
            {
                Note("finds the connection closed");
                if (!_connection.IsReset)
                {
                    OnClosed();
                }

                Lose();
            }
        }

        /// <summary>The connection is gone, whoever ended it; nothing more is read.</summary>
        internal void Lose()
        {
            if (_connection != null)
            {
                _connection.Reset();
                _connection = null;
                OnLost();
            }
        }

        /// <summary>Greets or logs in: the connection is new.</summary>
        protected abstract void OnConnected();

        /// <summary>The appliance has closed the connection in order.</summary>
        protected virtual void OnClosed()
        {
        }

        /// <summary>Whatever was not answered never will be.</summary>
        protected abstract void OnLost();

        /// <summary>Takes all whole replies that have come.</summary>
        protected abstract void TakeReplies();

        /// <summary>Says the next thing, where it has not to wait for an answer.</summary>
        protected abstract void Speak();

        /// <summary>Puts an event into the trail.</summary>
        protected void Note(string what)
        {
            if (Stage.Trail.IsOn)
            {
                Stage.Trail.Add($"{Name,-5} {what}");
            }
        }

        /// <summary>Sends what was put together.</summary>
        protected void Send()
        {
            if (_connection != null && !_connection.HasEndedSend && !_connection.IsReset)
            {
                _connection.Send(Text.Octets);
                if (Stage.Trail.IsOn)
                {
                    int end = Text.Octets.IndexOf((byte)'\r');
                    int shown = Math.Min(end < 0 ? int.MaxValue : end, Math.Min(60, Text.Octets.Length));
                    Note($"sends {Text.Octets.Length} octets: {Encoding.ASCII.GetString(Text.Octets[..shown])}");
                }
            }
        }

        private void Connect()
        {
            if (Stage.Devices.Lan.CanConnect(Port))
            {
                _connection = Stage.Devices.Lan.Connect(Port);
                Replies.Clear();
                Note("connects");
                OnConnected();
            }
        }

        // Resets, ends its side and listens on, or leaves the connection lying about.
        private void Misbehave()
        {
            switch (Stage.Random.Next(3))
            {
                case 0:
                    Note("resets the connection");
                    Lose();
                    break;
                case 1:
                    Note("ends its side");
                    _connection!.EndSend();
                    break;
                default:
                    Note("goes away without a word");
                    _connection = null;
                    OnLost();
                    break;
            }
        }
    }
}
