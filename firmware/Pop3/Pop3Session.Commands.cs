using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <content>
    /// The commands: one is taken from the input, looked up in <see cref="Pop3CommandTable"/>, and handled. A handler answers,
    /// or begins something and returns its event.
    /// </content>
    public sealed partial class Pop3Session
    {
        /// <summary>Counts what this peer and his like get wrong; null where nobody counts. Set at boot.</summary>
        public Sources Sources;

        /// <summary>The peer's place in it. Set before <see cref="Open"/>.</summary>
        public int Source;

        private bool _heardCommand;
        private int _badCommands;

        private void ForgetCommands()
        {
            _heardCommand = false;
            _badCommands = 0;
        }

        private int TakeCommand()
        {
            InputBuffer input = Input;
            if (input.Count == 0)
            {
                return Pop3Event.NeedOctets;
            }

            if (Output.Room < Pop3Replies.ReplyOctetsMax)
            {
                return Pop3Event.NeedRoom;
            }

            int hello = _heardCommand ? TlsHello.No : TlsHello.Check(input);
            if (hello == TlsHello.NeedOctets)
            {
                return Pop3Event.NeedOctets;
            }

            if (hello == TlsHello.Yes)
            {
                End();
                return GoOn;
            }

            switch (input.NextLine(Limits.Pop3LineOctetsMax, !_strict))
            {
                case LineResult.Line:
                    _heardCommand = true;
                    return TakeLine(input.Buffer, input.LineOffset, input.LineCount);
                case LineResult.TooLong:
                    _heardCommand = true;
                    return Refuse(Pop3Replies.LineTooLong);
                case LineResult.Endless:
                    End();
                    return Reply(Pop3Replies.TooManyBad);
                default:
                    return Pop3Event.NeedOctets;
            }
        }

        // Checks the verb, the state and the form, in this order; handlers find the rest in _line.
        private int TakeLine(byte[] buffer, int offset, int count)
        {
            Pop3CommandLine line = _line;
            line.Parse(buffer, offset, count);
            if (line.Row == Pop3CommandTable.NotFound)
            {
                return Refuse(Pop3Replies.UnknownCommand);
            }

            if (_strict && line.Command != Pop3Command.Pass && line.Command != Pop3Command.Capa)
            {
                // RFC 1939 section 7: PASS is for immediately after USER.
                _hasName = false;
            }

            if (!Pop3CommandTable.IsAllowed(line.Row, _state))
            {
                return Reply(Pop3Replies.WrongState);
            }

            if (!Pop3CommandTable.IsWellFormed(line.Row, line.ArgumentCount > 0))
            {
                return Refuse(Pop3Replies.BadArguments);
            }

            _badCommands = 0;
            return Handle(line);
        }

        private int Handle(Pop3CommandLine line)
        {
            if (IsTlsMissing() && IsLogin(line.Command))
            {
                return Reply(Pop3Replies.TlsRequired);
            }

            switch (line.Command)
            {
                case Pop3Command.User:
                    return User(line);
                case Pop3Command.Pass:
                    return Pass(line);
                case Pop3Command.Apop:
                    return Apop(line);
                case Pop3Command.Auth:
                    return Follow(_exchange.Begin(Attempt, line.Buffer, line.Argument, line.ArgumentCount));
                case Pop3Command.Quit:
                    return Quit();
                case Pop3Command.Capa:
                    return ReplyCapabilities();
                case Pop3Command.Stls:
                    return StartTls();
                case Pop3Command.Noop:
                    return Reply(Pop3Replies.Done);
                case Pop3Command.Stat:
                    _transaction.Stat();
                    return GoOn;
                case Pop3Command.List:
                case Pop3Command.Uidl:
                    return List(line);
                case Pop3Command.Retr:
                    return Retrieve(line.ParseFirst(true), Pop3Retrieval.AllLines);
                case Pop3Command.Top:
                    return Top(line);
                case Pop3Command.Dele:
                    _transaction.Delete(line.ParseFirst(true));
                    return GoOn;
                case Pop3Command.Rset:
                    _transaction.Reset();
                    return GoOn;
                default:
                    return Reply(Pop3Replies.NotSupported);
            }
        }

        private int Quit()
        {
            if (_transaction.HasMarks)
            {
                _state = Pop3State.Update;
                _step = Pop3Step.Updating;
                return Pop3Event.Update;
            }

            End();
            return Reply(Pop3Replies.Bye);
        }

        private int List(Pop3CommandLine line)
        {
            bool withUniqueIds = line.Command == Pop3Command.Uidl;
            if (line.ArgumentCount > 0)
            {
                _transaction.List(line.ParseFirst(true), withUniqueIds);
            }
            else
            {
                _transaction.BeginListing(withUniqueIds);
                _step = Pop3Step.Listing;
            }

            return GoOn;
        }

        private int Top(Pop3CommandLine line)
        {
            if (!line.HasSecond())
            {
                return Refuse(Pop3Replies.BadArguments);
            }

            long lines = line.ParseSecond();
            if (lines < 0)
            {
                return Reply(Pop3Replies.BadLineCount);
            }

            return Retrieve(line.ParseFirst(false), lines > int.MaxValue ? int.MaxValue : (int)lines);
        }

        private int Retrieve(long number, int lines)
        {
            if (!_transaction.Choose(number))
            {
                return GoOn;
            }

            _retrieval.Choose(lines);
            _step = Pop3Step.RetrieveOpening;
            return Pop3Event.Retrieve;
        }

        private int Reply(int reply)
        {
            Output.Append(Pop3Replies.Texts, reply);
            return GoOn;
        }

        // Answers a command that is unknown or malformed; too many in a row, and it is no POP3 client that talks to us.
        private int Refuse(int reply)
        {
            _badCommands++;
            if (_badCommands <= Limits.BadCommandsMax && (Sources == null || Sources.TakeBadCommand(Source)))
            {
                return Reply(reply);
            }

            End();
            return Reply(Pop3Replies.TooManyBad);
        }
    }
}
